import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { SpectrogramOut } from "@/api/schema";

/** A spectrogram cut into strips that can be drawn: each `band_columns` wide and `band_rows` high. */
export interface Strips extends Omit<SpectrogramOut, "png"> {
  strips: readonly ImageBitmap[];
}

async function imageOf(png: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode(); // off the page's thread
  return image;
}

async function stripsOf({ png, ...about }: SpectrogramOut): Promise<Strips> {
  const image = await imageOf(png);
  const { band_columns: wide, band_rows: high } = about;
  const bands = Array.from({ length: Math.ceil(about.columns / wide) }, (_, band) =>
    createImageBitmap(image, 0, band * high, wide, high),
  );
  return { ...about, strips: await Promise.all(bands) };
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
