import { answer, ApiProblem, asProblem, client, NO_ANSWER, WRITE_HEADERS } from "@/api/client";
import type { UploadStateOut } from "@/api/schema";

export interface Piece {
  id: string;
  offset: number;
  data: Blob;
  /** With the last piece: what the whole must have. */
  sha256: string | null;
  /** Bytes of the piece that have left. */
  onSent: (bytes: number) => void;
  signal?: AbortSignal;
}

/** What is said between the dashboard and the server while a file travels. */
export interface UploadWire {
  begin: (childId: string, file: File) => Promise<UploadStateOut>;
  ask: (id: string) => Promise<UploadStateOut>;
  send: (piece: Piece) => Promise<UploadStateOut>;
  forget: (id: string) => Promise<unknown>;
}

export const uploadWire: UploadWire = {
  begin: (childId, { name, size }) =>
    answer(client.POST("/api/uploads", { body: { child_id: childId, filename: name, size } })),
  ask: (id) => answer(client.GET("/api/uploads/{upload_id}", { params: { path: { upload_id: id } } })),
  send: sendPiece,
  forget: (id) => answer(client.DELETE("/api/uploads/{upload_id}", { params: { path: { upload_id: id } } })),
};

function bodyOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

/** XMLHttpRequest because fetch does not tell how far a body has come. */
function sendPiece({ id, offset, data, sha256, onSent, signal }: Piece): Promise<UploadStateOut> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const where = new URLSearchParams({ offset: String(offset), ...(sha256 && { sha256 }) });
    request.open("PATCH", `/api/uploads/${encodeURIComponent(id)}?${where}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    for (const [name, value] of Object.entries(WRITE_HEADERS)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      onSent(event.loaded);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(bodyOf(request) as UploadStateOut);
      else reject(asProblem(request.status, bodyOf(request)));
    };
    request.onerror = request.onabort = () => {
      reject(new ApiProblem(0, NO_ANSWER));
    };
    signal?.addEventListener("abort", () => {
      request.abort();
    });
    request.send(data);
  });
}
