/** What a line in CHAT says, roughly as one would read it aloud; the server reads it exactly when it is saved. */
export function plainOf(chat: string, unclear: string): string {
  return chat
    .replace(/\[:{1,2} ([^\]]*)\]/g, "→ $1")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/\+[<^,+"](?=\s)/g, "")
    .replace(/[<>‹›]/g, "")
    .replace(/&[-+~]/g, "")
    .replace(/&=(\S+)/g, (_, event: string) => `(${event.replaceAll(":", " ").replaceAll("_", " ")})`)
    .replace(/\(\.+\)/g, "…")
    .replace(/\b(xxx|yyy)\b/g, unclear)
    .replace(/\+["/]*\.{3}/g, "…")
    .replace(/\+[/"]*([.?!])/g, " —$1")
    .replace(/@[a-z:]+/g, "")
    .replace(/_/g, " ")
    .replace(/(\w)\(([a-z]+)\)|\(([a-z]+)\)(\w)/gi, "$1$2$3$4")
    .replace(/\s+/g, " ")
    .replace(/ ([.?!,])/g, "$1")
    .trim();
}
