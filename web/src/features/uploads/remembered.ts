// Which upload a file on this computer belongs to, so that it goes on after the page was loaded again.

const keyOf = (childId: string, { name, size, lastModified }: File) =>
  `sdc.upload.${childId}.${name}.${size}.${lastModified}`;

/** Storage may be switched off; then a file begins anew after a reload. */
function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

export const remembered = (childId: string, file: File) =>
  quietly(() => localStorage.getItem(keyOf(childId, file)));

export const remember = (childId: string, file: File, uploadId: string) =>
  quietly(() => {
    localStorage.setItem(keyOf(childId, file), uploadId);
  });

export const forget = (childId: string, file: File) =>
  quietly(() => {
    localStorage.removeItem(keyOf(childId, file));
  });
