import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { showLanguage, texts } from "@/texts";

// The page waits for its texts, too.
await showLanguage("en");

afterEach(async () => {
  cleanup();
  if (texts.language !== "en") await showLanguage("en");
});

// How long a test waits for what must appear: a busy machine may take a while.
configure({ asyncUtilTimeout: 4000 });

// What jsdom lacks and Mantine and the transcript ask for.
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.scrollBy ??= () => undefined;
globalThis.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  onchange: null,
  dispatchEvent: () => false,
})) as typeof matchMedia;

globalThis.ResizeObserver ??= class {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
};

// Everything is in view: jsdom lays nothing out.
globalThis.IntersectionObserver ??= class {
  readonly root = null;
  readonly rootMargin = "";
  readonly scrollMargin = "";
  readonly thresholds = [];
  constructor(private readonly tell: IntersectionObserverCallback) {}
  observe(target: Element) {
    this.tell([{ isIntersecting: true, target } as IntersectionObserverEntry], this);
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
  takeRecords() {
    return [];
  }
};

Blob.prototype.arrayBuffer ??= function (this: Blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as ArrayBuffer);
    };
    reader.onerror = () => {
      reject(new Error("unreadable"));
    };
    reader.readAsArrayBuffer(this);
  });
};
