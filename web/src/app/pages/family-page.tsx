import { useParams } from "@tanstack/react-router";
import { FamilyHome } from "@/features/parent/family-home";

/** A child's page as its family sees it. */
export function FamilyPage() {
  const { childId } = useParams({ from: "/children/$childId/family" });
  return <FamilyHome childId={childId} />;
}
