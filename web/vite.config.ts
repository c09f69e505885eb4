import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The build lies inside the Python package, which serves it; `npm run dev` speaks to a running `sdc serve`.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": from("./src") } },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8765" } },
  build: { outDir: from("../src/sdc/server/static"), emptyOutDir: true, target: "es2022" },
});
