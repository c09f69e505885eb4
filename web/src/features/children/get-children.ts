import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { answer, client } from "@/api/client";

const POLL_MS = 2000;

/** Of every list of children, whatever was searched for; ids of children begin with a c and a figure. */
export const childrenKey = ["children", "list"] as const;

/** The children whose name holds the words, page by page. */
export const childrenQuery = (search = "") =>
  infiniteQueryOptions({
    queryKey: [...childrenKey, search],
    queryFn: ({ pageParam: after, signal }) =>
      answer(
        client.GET("/api/children", { params: { query: { search: search || undefined, after } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.has_more ? page.items.at(-1)?.id : undefined),
    select: ({ pages }) => ({
      items: pages.flatMap((page) => page.items),
      total: pages.at(-1)?.total ?? 0,
    }),
    placeholderData: keepPreviousData,
    // Jobs may run in another window: their count stays true. Many pages are asked less often.
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.items.some((child) => child.n_jobs_open > 0))
        ? POLL_MS * data.pages.length
        : false,
  });

/** The list of children, and the words that it is searched for; the server is asked when the typing pauses. */
export function useChildrenFound() {
  const [words, setWords] = useState("");
  const [search] = useDebouncedValue(words.trim(), 200);
  return { words, setWords, search, query: useInfiniteQuery(childrenQuery(search)) };
}

export type ChildrenFound = ReturnType<typeof useChildrenFound>;
