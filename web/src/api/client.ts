import createClient from "openapi-fetch";
import type { paths, ProblemOut } from "@/api/schema";
import { markSignedOut } from "@/lib/access";
import { texts } from "@/texts";

const NOT_IMPLEMENTED = 501;

/** What went wrong, in the server's words: a message for people and what to do next. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly problem: ProblemOut;

  constructor(status: number, problem: ProblemOut) {
    super(problem.message);
    this.name = "ApiProblem";
    this.status = status;
    this.problem = problem;
  }

  /** Whether the same again may succeed: no answer, or a server in trouble. One that was set up without it stays so. */
  get isPassing(): boolean {
    return this.status === 0 || (this.status >= 500 && this.status !== NOT_IMPLEMENTED);
  }
}

const problem = (code: string, message: string, hint: string): ProblemOut => ({ code, message, hint });

/** In the language that is shown when it happens. */
export const NO_ANSWER: ProblemOut = {
  code: "network.no-answer",
  get message() {
    return texts.t("common.problems.no_answer");
  },
  get hint() {
    return texts.t("common.problems.no_answer_hint");
  },
};

/** What a form gave was refused: whoever is signed in stays so. */
const FORM_REFUSED = ["access.password", "access.old-password", "access.token", "access.invitation"];

/** Take whatever body an error answer carries as a problem. */
export function asProblem(status: number, body: unknown): ApiProblem {
  const code = typeof body === "object" && body !== null && "code" in body ? String(body.code) : "";
  if (status === 401 && !FORM_REFUSED.includes(code)) markSignedOut();
  if (typeof body === "object" && body !== null && "message" in body && "code" in body)
    return new ApiProblem(status, body as ProblemOut);
  return new ApiProblem(
    status,
    problem(
      "server.failed",
      texts.t("common.problems.failed", { status }),
      texts.t("common.problems.failed_hint"),
    ),
  );
}

/** Goes with every request: a form or link of another site cannot send it, and what changes something needs it. */
export const WRITE_HEADERS = { "X-SDC-Request": "1" };

export const client = createClient<paths>({
  headers: WRITE_HEADERS,
  baseUrl: globalThis.location?.origin ?? "",
  // Looked up at each call, so that a test can put its own in place.
  fetch: (request) => globalThis.fetch(request),
});

const OWN = ["network.no-answer", "server.failed"];

/** The language of an error's words: the server writes English, what the dashboard finds is told in its own. */
export const languageOf = (error: Error): "en" | undefined =>
  error instanceof ApiProblem && OWN.includes(error.problem.code) ? undefined : "en";

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Wait for an answer; throws an ApiProblem when it is an error or does not come. */
export async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch {
    throw new ApiProblem(0, NO_ANSWER);
  }
  if (!outcome.response.ok) throw asProblem(outcome.response.status, outcome.error);
  return outcome.data as T;
}
