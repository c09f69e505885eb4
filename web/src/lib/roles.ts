import type { ActorOut } from "@/api/schema";
import { texts } from "@/texts";

export type Role = ActorOut["role"];

/** The roles that an account can have; the owner of a computer has none. */
export const ACCOUNT_ROLES = ["admin", "therapist", "parent", "researcher"] as const;

/** A role as people say it. */
export const roleWords = (role: Role): string => texts.t(`common.roles.${role}`);

/** What a role may, in the form that invites. */
export const roleHint = (role: Exclude<Role, "owner">): string => texts.t(`common.role_hints.${role}`);
