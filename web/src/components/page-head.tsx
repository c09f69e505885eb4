import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "@/components/icons";
import classes from "@/components/page-head.module.css";

/** The way back to a child's page. */
export function WayBack({ childId, name }: { childId: string; name: string }) {
  return (
    <Link to="/children/$childId" params={{ childId }} className={`small ${classes.back}`}>
      <Icon name="back" size={14} />
      <bdi>{name}</bdi>
    </Link>
  );
}

interface PageHeadProps {
  child: { id: string; name: string };
  title: ReactNode;
  /** What stands below the title. */
  children?: ReactNode;
}

/** The head of a page below a child's: the way back, and what the page is. */
export function PageHead({ child, title, children }: PageHeadProps) {
  return (
    <header>
      <WayBack childId={child.id} name={child.name} />
      <h1 className={classes.title}>{title}</h1>
      {children}
    </header>
  );
}
