import { Link } from "@tanstack/react-router";
import { usePageTitle } from "@/components/page-title";
import { EmptyState } from "@/components/states";

export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <EmptyState title="There is no such page">
      <p>
        <Link to="/">Go to the children</Link>
      </p>
    </EmptyState>
  );
}
