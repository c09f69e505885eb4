import { vi } from "vitest";
import type { AccessOut, Action } from "@/api/schema";

/** Let fetch answer by path, or by method and path; what is not listed is a 404 problem. */
export function answerFetch(answers: Record<string, { status?: number; body: unknown } | "no answer">) {
  const calls: Request[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    calls.push(request);
    const path = new URL(request.url).pathname;
    const answer = answers[`${request.method} ${path}`] ?? answers[path];
    if (answer === "no answer") return Promise.reject(new TypeError("Failed to fetch"));
    const { status = 200, body } = answer ?? { status: 404, body: { code: "x.y", message: "Not here." } };
    return Promise.resolve(Response.json(body, { status }));
  });
  return calls;
}

/** What /api/access says of a parent whose role allows these actions. */
export function parentWho(...actions: Action[]): { body: AccessOut } {
  return { body: { accounts: true, actor: { id: "a1", name: "bea", role: "parent", actions } } };
}
