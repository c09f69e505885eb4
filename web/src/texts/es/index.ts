import access from "@/texts/es/access.json";
import app from "@/texts/es/app.json";
import ask from "@/texts/es/ask.json";
import child from "@/texts/es/child.json";
import children from "@/texts/es/children.json";
import common from "@/texts/es/common.json";
import components from "@/texts/es/components.json";
import consents from "@/texts/es/consents.json";
import facts from "@/texts/es/facts.json";
import families from "@/texts/es/families.json";
import goals from "@/texts/es/goals.json";
import insights from "@/texts/es/insights.json";
import measures from "@/texts/es/measures.json";
import parent from "@/texts/es/parent.json";
import people from "@/texts/es/people.json";
import player from "@/texts/es/player.json";
import progress from "@/texts/es/progress.json";
import reports from "@/texts/es/reports.json";
import research from "@/texts/es/research.json";
import review from "@/texts/es/review.json";
import roles from "@/texts/es/roles.json";
import search from "@/texts/es/search.json";
import session from "@/texts/es/session.json";
import speakers from "@/texts/es/speakers.json";
import units from "@/texts/es/units.json";
import uploads from "@/texts/es/uploads.json";

/** Every text of the dashboard in Spanish, a file a feature; and the titles of measures, which the server has in English. */
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
  measures,
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
