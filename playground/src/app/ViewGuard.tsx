import { Component, type ReactNode } from 'react';

/** An error boundary for a view: shows the error, and keeps the rest of the page working. */
export class ViewGuard extends Component<{ children: ReactNode }, { reason: string | undefined }> {
  override state: { reason: string | undefined } = { reason: undefined };

  static getDerivedStateFromError(error: unknown): { reason: string } {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === undefined) return this.props.children;
    return (
      <div className="start-problem" role="alert">
        <p>This part of the page has failed: {reason}</p>
        <button type="button" className="text-button" onClick={() => this.setState({ reason: undefined })}>
          Show it again
        </button>
      </div>
    );
  }
}
