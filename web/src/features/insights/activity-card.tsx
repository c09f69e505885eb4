import { Button, Group } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useMay } from "@/api/get-access";
import type { ActivityAnswerIn, ActivityOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useAnswerActivity } from "@/features/insights/answer-activity";
import classes from "@/features/insights/insights.module.css";

const WENT: Record<ActivityAnswerIn["went"], string> = {
  well: "Went well",
  so_so: "So-so",
  not_yet: "Not yet",
};

interface ActivityCardProps {
  childId: string;
  activity: ActivityOut;
  /** What a therapist decides about the idea. */
  children?: ReactNode;
}

/** One thing to try at home, and how it went: two taps. */
export function ActivityCard({ childId, activity, children }: ActivityCardProps) {
  const may = useMay();
  const tell = useAnswerActivity(childId);
  const [told, setTold] = useState("");
  return (
    <section className="card stack" aria-labelledby="activity-title">
      <h2 id="activity-title">To try at home</h2>
      <h3>{activity.title}</h3>
      <ol className={classes.steps}>
        {activity.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {may("answer_activity") && (
        <div className="stack" style={{ gap: "0.4rem" }}>
          <span className="small quiet" id="tried-title">
            Did you try it?
          </span>
          <Group gap="xs" role="group" aria-labelledby="tried-title">
            {Object.entries(WENT).map(([went, words]) => (
              <Button
                key={went}
                variant="default"
                size="sm"
                disabled={tell.isPending}
                onClick={() => {
                  const sent = { activityId: activity.id, went: went as ActivityAnswerIn["went"] };
                  tell.mutate(sent, {
                    onSuccess: () => {
                      setTold(`Noted for “${activity.title}”: ${words.toLowerCase()}. Here is another idea.`);
                    },
                  });
                }}
              >
                {words}
              </Button>
            ))}
          </Group>
        </div>
      )}
      <p className="small quiet" role="status">
        {told}
      </p>
      {tell.isError && <ErrorState error={tell.error} />}
      <details>
        <summary className="small">What it rests on</summary>
        <ul className="small">
          {activity.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </details>
      {children}
    </section>
  );
}
