import { Component, type ReactNode } from 'react';
import { JsonView } from './JsonView';

interface DrawGuardProps {
  /** What is drawn: when it changes it is tried again. */
  value: unknown;
  /** What it is called: `item`. */
  what: string;
  children: ReactNode;
}

interface DrawGuardState {
  failed: { value: unknown } | undefined;
  reason: string | undefined;
}

/** What cannot be drawn is shown as it came, and takes nothing beside it along. */
export class DrawGuard extends Component<DrawGuardProps, DrawGuardState> {
  override state: DrawGuardState = { failed: undefined, reason: undefined };

  static getDerivedStateFromError(error: unknown): Partial<DrawGuardState> {
    return { reason: String(error) };
  }

  override componentDidCatch(): void {
    this.setState({ failed: { value: this.props.value } });
  }

  override componentDidUpdate(): void {
    const { failed } = this.state;
    if (failed !== undefined && failed.value !== this.props.value) {
      this.setState({ failed: undefined, reason: undefined });
    }
  }

  override render(): ReactNode {
    const { reason } = this.state;
    const { value, what, children } = this.props;
    if (reason === undefined) return children;
    return (
      <div className="unknown">
        <strong>
          This {what} cannot be shown: {reason}
        </strong>
        <JsonView value={value} label={`The ${what} as JSON`} />
      </div>
    );
  }
}
