import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { SpectrogramOut } from "@/api/schema";

/** A spectrogram cut into strips that can be drawn: each `band_columns` wide and `band_rows` high. */
export interface Strips extends Omit<SpectrogramOut, "png"> {
  strips: readonly ImageBitmap[];
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function stripsOf({ png, ...about }: SpectrogramOut): Promise<Strips> {
  // From a blob it is decoded beside the page's thread, from an image element on it.
  const picture = await createImageBitmap(new Blob([bytesOf(png)], { type: "image/png" }));
  const { band_columns: wide, band_rows: high } = about;
  const bands = Array.from({ length: Math.ceil(about.columns / wide) }, (_, band) =>
    createImageBitmap(picture, 0, band * high, wide, high),
  );
  const strips = await Promise.all(bands);
  picture.close();
  return { ...about, strips };
}

/** The spectrogram, made by the server: a transform of minutes of sound would hold up the page. */
export const spectrogramQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "spectrogram"],
    queryFn: async ({ signal }) =>
      stripsOf(
        await answer(
          client.GET("/api/sessions/{session_id}/spectrogram", {
            params: { path: { session_id: sessionId } },
            signal,
          }),
        ),
      ),
    staleTime: Infinity,
  });
