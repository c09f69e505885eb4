// Style and layers. Imports run one way: shared (api, components, lib, texts) → features → app;
// a feature does not import another one, and folders are named from the root ("@/…"), never by "../".
import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import ts from "typescript-eslint";

const upwards = { regex: "^\\.\\.(/|$)", message: "Name it from the root: @/…" };
const app = { group: ["@/app/*", "@/app"], message: "Only src/app and src/main.tsx may import the app." };
const anyFeature = { group: ["@/features/*"], message: "Shared code must not import features." };
const testing = { group: ["@/testing/*"], message: "Only tests may import src/testing." };
const restrict = (...patterns) => ({
  "no-restricted-imports": ["error", { patterns: [upwards, ...patterns] }],
});

const features = readdirSync("src/features", { withFileTypes: true }).filter((entry) => entry.isDirectory());

export default ts.config(
  { ignores: ["node_modules", "src/api/schema.d.ts"] },
  {
    files: ["public/**"],
    languageOptions: { globals: { localStorage: false, matchMedia: false, document: false } },
  },
  js.configs.recommended,
  ts.configs.strict,
  a11y.flatConfigs.strict,
  hooks.configs.flat.recommended,
  {
    rules: {
      "no-console": "error",
      "max-lines": ["error", { max: 300 }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  { files: ["src/{api,components,lib,texts}/**"], rules: restrict(anyFeature, app, testing) },
  ...features.map(({ name }) => ({
    files: [`src/features/${name}/**`],
    rules: restrict(app, testing, {
      regex: `^@/features/(?!${name}/)`,
      message: "A feature must not import another one.",
    }),
  })),
  { files: ["src/app/**"], rules: restrict(testing) },
  { files: ["**/*.test.{ts,tsx}"], rules: { "no-restricted-imports": "off" } },
);
