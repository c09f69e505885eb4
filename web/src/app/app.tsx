import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { mayRetry } from "@/app/may-retry";
import { createAppRouter } from "@/app/router";
import { resolveVariables, theme } from "@/app/theme";

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
