// Recordings that are not handed in yet lie in this browser, piece by piece, so that a killed tab loses none.

export interface Kept {
  id: string;
  child: string;
  /** The id of who recorded it: nobody else who uses this browser is shown it. */
  owner: string;
  /** How the browser recorded it. */
  mime: string;
  ending: string;
  /** Milliseconds since 1970. */
  started: number;
  /** Of the pieces that are kept. */
  length_s: number;
}

export interface Piece {
  data: Blob;
  length_s: number;
}

export interface KeptRecordings {
  begin: (kept: Kept) => Promise<void>;
  add: (id: string, piece: Piece) => Promise<void>;
  /** What somebody recorded, the newest first. */
  list: (owner: string) => Promise<Kept[]>;
  /** The pieces in their order, as one. */
  sound: (id: string) => Promise<Blob>;
  remove: (id: string) => Promise<void>;
}

const [DATABASE, ABOUT, PIECES] = ["sdc-recordings", "about", "pieces"];

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("IndexedDB"));
    };
  });

const written = (change: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    change.oncomplete = () => {
      resolve();
    };
    change.onerror = change.onabort = () => {
      reject(change.error ?? new Error("IndexedDB"));
    };
  });

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ABOUT, { keyPath: "id" });
    request.result.createObjectStore(PIECES, { keyPath: ["id", "number"] });
  };
  return done(request);
}

const database = () => (opened ??= open());
const allOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Infinity]);

async function change(work: (about: IDBObjectStore, pieces: IDBObjectStore) => void): Promise<void> {
  const made = (await database()).transaction([ABOUT, PIECES], "readwrite", { durability: "strict" });
  work(made.objectStore(ABOUT), made.objectStore(PIECES));
  await written(made);
}

async function read<T>(store: string, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return done(work((await database()).transaction(store).objectStore(store)));
}

export const keptRecordings: KeptRecordings = {
  begin: (kept) =>
    change((about) => {
      about.add(kept);
    }),
  add: (id, { data, length_s }) =>
    change((about, pieces) => {
      const asked: IDBRequest<Kept | undefined> = about.get(id);
      const counted = pieces.count(allOf(id));
      counted.onsuccess = () => {
        if (!asked.result) return; // discarded meanwhile
        about.put({ ...asked.result, length_s });
        pieces.add({ id, number: counted.result, data });
      };
    }),
  list: async (owner) => {
    const all: Kept[] = await read(ABOUT, (store) => store.getAll());
    return all.filter((kept) => kept.owner === owner).sort((a, b) => b.started - a.started);
  },
  sound: async (id) => {
    const pieces: { data: Blob }[] = await read(PIECES, (store) => store.getAll(allOf(id)));
    return new Blob(pieces.map(({ data }) => data));
  },
  remove: (id) =>
    change((about, pieces) => {
      about.delete(id);
      pieces.delete(allOf(id));
    }),
};

/** A recording as a file to hand in, named after the moment it began. */
export function fileOf({ mime, ending, started }: Kept, sound: Blob): File {
  const at = new Date(started);
  const two = (n: number) => String(n).padStart(2, "0");
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  return new File([sound], `recording ${dayOf(started)} ${time}.${ending}`, {
    type: mime,
    lastModified: started,
  });
}

/** The day of a moment where the reader is, as 2026-03-02. */
export function dayOf(started: number): string {
  const at = new Date(started);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
