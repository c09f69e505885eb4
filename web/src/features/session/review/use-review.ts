import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMay } from "@/api/get-access";
import type { DoubtfulLineOut, ReviewOut, SessionOut } from "@/api/schema";
import { reviewQuery } from "@/features/session/review/get-review";

export interface SessionReview {
  /** Undefined for who may not correct, and until it is known. */
  review: ReviewOut | undefined;
  error: Error | null;
  /** The doubtful lines by their index. */
  doubts: ReadonlyMap<number, DoubtfulLineOut>;
}

/** What deserves a look in a session, for those who may correct it. */
export function useReview(session: SessionOut): SessionReview {
  const may = useMay();
  const { data, error } = useQuery({
    ...reviewQuery(session.id, session.version),
    enabled: may("edit_transcript"),
  });
  const doubts = useMemo(() => new Map(data?.lines.map((line) => [line.index, line])), [data]);
  return { review: data, error, doubts };
}
