// Drawn for this dashboard on a 20 px grid. Decorative: the words beside them carry the meaning.
const PATHS = {
  sound: "M3 8v4M6.5 5v10M10 3v14M13.5 6v8M17 8.5v3",
  video: "M3 5.5h9.5v9H3zM12.5 9l4.5-2.5v7L12.5 11",
  text: "M5 3h7l3.5 3.5V17H5zM7.5 9h5M7.5 12h5",
  play: "M6 4l10 6-10 6z",
  pause: "M6.5 4v12M13.5 4v12",
  plus: "M10 4v12M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  search: "M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l4 4",
  up: "M5 15L15 5M8 5h7v7",
  down: "M5 5l10 10M15 8v7H8",
  chevron: "M5 8l5 5 5-5",
  flat: "M3 10h14M12.5 5.5L17 10l-4.5 4.5",
  unsure: "M7 7.5a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M10 15.4v.2",
  eye: "M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  note: "M10 2.5l8 14H2zM10 8v4M10 14.2v.2",
  upload: "M10 13V3M6 7l4-4 4 4M3 13v4h14v-4",
  retry: "M16 10a6 6 0 1 1-2-4.5M16 3v4h-4",
  check: "M4 10.5l4 4 8-9",
  sun: "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M4 16l1.4-1.4M14.6 5.4L16 4",
  moon: "M16 12A7 7 0 0 1 8 4a6.5 6.5 0 1 0 8 8z",
  back: "M12 4l-6 6 6 6",
  info: "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9v5M10 6.2v.2",
  globe:
    "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM2.5 10h15M10 2.5c2.4 2.2 3.4 4.6 3.4 7.5s-1 5.3-3.4 7.5c-2.4-2.2-3.4-4.6-3.4-7.5s1-5.3 3.4-7.5z",
  keyboard: "M2 5h16v10H2zM5 8h.1M8 8h.1M11 8h.1M14 8h.1M6 12h8",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
