import { ApiProblem, asProblem, NO_ANSWER, WRITE_HEADERS } from "@/api/client";
import type { UploadOut } from "@/api/schema";

function bodyOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

/** Send one file. XMLHttpRequest because fetch does not tell how far a body has come. */
export function putUpload(childId: string, file: File, onProgress: (share: number) => void): Promise<UploadOut> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const where = new URLSearchParams({ child_id: childId, filename: file.name });
    request.open("PUT", `/api/uploads?${where}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    for (const [name, value] of Object.entries(WRITE_HEADERS)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(bodyOf(request) as UploadOut);
      else reject(asProblem(request.status, bodyOf(request)));
    };
    request.onerror = () => {
      reject(new ApiProblem(0, NO_ANSWER));
    };
    request.send(file);
  });
}
