import type { ActorOut } from "@/api/schema";

export type Role = ActorOut["role"];

/** Roles as people say them. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: "owner of this computer",
  admin: "administrator",
  therapist: "therapist",
  parent: "parent",
  researcher: "researcher",
};

/** What each role may, in the form that invites. */
export const ROLE_HINTS: Record<Exclude<Role, "owner">, string> = {
  admin: "Manages accounts and care teams; sees a child only on its care team.",
  therapist: "Adds children; sees, corrects and reports on the children of their care teams.",
  parent: "Sees and hears their own child, adds recordings, gives or withdraws consent.",
  researcher: "Sees only figures under pseudonyms, of children whose families agreed.",
};
