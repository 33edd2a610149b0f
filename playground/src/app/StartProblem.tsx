/** The page has nothing to show. */
export function StartProblem({ text }: { text: string }) {
  return (
    <main className="start-problem" role="alert">
      <h1>The playground cannot start</h1>
      <p>{text}</p>
      <button type="button" className="text-button primary" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  );
}
