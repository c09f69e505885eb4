// SHA-256 (FIPS 180-4), piece by piece: the browser's own digest wants the whole recording in memory.

const BLOCK = 64;

const firstPrimes = (count: number) => {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return primes;
};
/** The first 32 bits of the fractional part, which is where the standard's constants come from. */
const fraction = (x: number) => ((x - Math.floor(x)) * 2 ** 32) | 0;

const K = Int32Array.from(firstPrimes(64), (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(firstPrimes(8), (p) => fraction(Math.sqrt(p)));

const at = (words: Int32Array, index: number) => words[index] ?? 0;

const rotate = (x: number, by: number) => (x >>> by) | (x << (32 - by));

export class Sha256 {
  private readonly state = Int32Array.from(START);
  private readonly words = new Int32Array(64);
  private readonly rest = new Uint8Array(BLOCK);
  private nRest = 0;
  private length = 0;

  update(data: Uint8Array): this {
    this.length += data.length;
    let from = 0;
    if (this.nRest > 0) {
      from = Math.min(BLOCK - this.nRest, data.length);
      this.rest.set(data.subarray(0, from), this.nRest);
      this.nRest += from;
      if (this.nRest < BLOCK) return this;
      this.block(this.rest, 0);
      this.nRest = 0;
    }
    for (; from + BLOCK <= data.length; from += BLOCK) this.block(data, from);
    this.rest.set(data.subarray(from));
    this.nRest = data.length - from;
    return this;
  }

  /** The sum in lower-case hex; nothing can be added afterwards. */
  hex(): string {
    const bits = this.length * 8;
    const end = new Uint8Array(((this.nRest + 8) >> 6) * BLOCK + BLOCK - this.nRest);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits >>> 0);
    this.update(end);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  private block(data: Uint8Array, from: number) {
    const w = this.words;
    const view = new DataView(data.buffer, data.byteOffset + from, BLOCK);
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(i * 4);
    for (let i = 16; i < 64; i++) {
      const x = at(w, i - 15);
      const y = at(w, i - 2);
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(w, i)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const s = this.state;
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      s[i] = (at(s, i) + word) | 0;
    });
  }
}
