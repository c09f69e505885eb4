import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { ApiProblem } from "@/api/client";
import { createAppRouter } from "@/app/router";
import { resolveVariables, theme } from "@/app/theme";

/** Only what may pass by itself is tried again: no answer, or a server in trouble. */
function mayRetry(failures: number, error: Error): boolean {
  const passing = !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
  return passing && failures < 2;
}

const createQueryClient = () =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 10_000, retry: mayRetry, networkMode: "always" } },
  });

export function App() {
  const [cache] = useState(createQueryClient);
  const [router] = useState(createAppRouter);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
