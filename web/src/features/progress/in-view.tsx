import { useIntersection } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import classes from "@/features/progress/progress.module.css";

/** A part of a long page that is made when it comes near, and stays: eighty charts at once would hold the page up. */
export function InView({ children }: { children: ReactNode }) {
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const [wasNear, setWasNear] = useState(false);
  if (entry?.isIntersecting && !wasNear) setWasNear(true);
  return (
    <div ref={ref} className={wasNear ? undefined : classes.hold}>
      {wasNear && children}
    </div>
  );
}
