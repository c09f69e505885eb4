export function ChildPage() {
  return <h1>Child</h1>;
}
