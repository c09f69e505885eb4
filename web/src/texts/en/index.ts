import access from "@/texts/en/access.json";
import app from "@/texts/en/app.json";
import ask from "@/texts/en/ask.json";
import child from "@/texts/en/child.json";
import children from "@/texts/en/children.json";
import common from "@/texts/en/common.json";
import components from "@/texts/en/components.json";
import consents from "@/texts/en/consents.json";
import facts from "@/texts/en/facts.json";
import families from "@/texts/en/families.json";
import goals from "@/texts/en/goals.json";
import insights from "@/texts/en/insights.json";
import parent from "@/texts/en/parent.json";
import people from "@/texts/en/people.json";
import player from "@/texts/en/player.json";
import progress from "@/texts/en/progress.json";
import reports from "@/texts/en/reports.json";
import research from "@/texts/en/research.json";
import review from "@/texts/en/review.json";
import roles from "@/texts/en/roles.json";
import search from "@/texts/en/search.json";
import session from "@/texts/en/session.json";
import speakers from "@/texts/en/speakers.json";
import units from "@/texts/en/units.json";
import uploads from "@/texts/en/uploads.json";

/** Every text of the dashboard in English, a file a feature. */
export default {
  access,
  app,
  ask,
  child,
  children,
  common,
  components,
  consents,
  facts,
  families,
  goals,
  insights,
  parent,
  people,
  player,
  progress,
  reports,
  research,
  review,
  roles,
  search,
  session,
  speakers,
  units,
  uploads,
};
