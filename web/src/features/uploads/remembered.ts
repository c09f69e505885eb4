// Which upload a file on this computer belongs to, so that it goes on after the page was loaded again.

const PREFIX = "sdc.upload.";

const keyOf = (childId: string, { name, size, lastModified }: File) =>
  `${PREFIX}${childId}.${name}.${size}.${lastModified}`;

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

/** Who signs out leaves no names of files behind in this browser. */
export const forgetAll = () =>
  quietly(() => {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .forEach((key) => {
        localStorage.removeItem(key);
      });
  });
