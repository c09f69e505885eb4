import { useEffect } from "react";

/** The window's title: “Sarah · SDC”. */
export function usePageTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · SDC` : "SDC";
  }, [title]);
}
