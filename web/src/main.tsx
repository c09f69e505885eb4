import "@fontsource-variable/source-sans-3/wght.css";
import "@mantine/core/styles.css";
import "@/app/base.css";
import "@/app/tokens.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/app";
import { startTexts } from "@/texts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
