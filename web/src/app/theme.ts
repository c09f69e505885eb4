import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const teal: MantineColorsTuple = [
  "#e9f5f3",
  "#d3e8e5",
  "#a6d2cc",
  "#7fd3c9",
  "#4fb3a8",
  "#2f948b",
  "#1b7b74",
  "#136c67",
  "#0f5f5c",
  "#0b4a48",
];
const warmGray: MantineColorsTuple = [
  "#faf8f4",
  "#f3efe8",
  "#e8e2d8",
  "#dcd4c8",
  "#c9c0b3",
  "#a89e91",
  "#7d7469",
  "#5f574e",
  "#423c36",
  "#2a2622",
];
const warmDark: MantineColorsTuple = [
  "#ece7df",
  "#d5cec4",
  "#b1a89c",
  "#857c71",
  "#544e47",
  "#3b3732",
  "#22201d",
  "#191715",
  "#131210",
  "#0d0c0b",
];

// A dialog's head is a <header> outside of the page's parts: screen readers would tell of a second banner.
const PLAIN_HEAD = { attributes: { header: { role: "presentation" } } };

// Four sizes only: 13, 15, 19 and 26 px.
export const theme = createTheme({
  fontFamily: '"Source Sans 3 Variable", system-ui, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "0.9375rem", lg: "1.1875rem", xl: "1.625rem" },
  headings: { fontWeight: "620" },
  colors: { teal, gray: warmGray, dark: warmDark },
  primaryColor: "teal",
  // Mantine's own shade 6 fails 4.5:1 under white text.
  primaryShade: { light: 8, dark: 6 },
  components: {
    Modal: { styles: { title: { fontSize: "1.1875rem", fontWeight: 620 } }, defaultProps: PLAIN_HEAD },
    Drawer: { defaultProps: PLAIN_HEAD },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
});

/** Mantine's own surfaces take the colours of tokens.css. */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-2)",
    "--mantine-color-placeholder": "var(--ink-2)",
    "--mantine-color-error": "var(--problem-ink)",
    "--mantine-color-anchor": "var(--accent-ink)",
    "--mantine-color-teal-text": "var(--accent-ink)",
    "--mantine-color-teal-light": "var(--accent-wash)",
    "--mantine-color-teal-light-hover": "var(--accent-wash)",
    "--mantine-color-teal-light-color": "var(--accent-ink)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-border": "var(--line)",
  };
  return { variables: {}, light: shared, dark: shared };
};
