import type { ReactNode } from "react";
import classes from "@/features/progress/progress.module.css";

/** A wide table scrolls by itself, never the page. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      className={classes.scroll}
      // A box that scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      {children}
    </div>
  );
}
