import { Component, type ReactNode } from 'react';
import { JsonView } from './JsonView';

interface DrawGuardProps {
  /** The rendered value; when it changes, rendering is tried again. */
  value: unknown;
  /** The name of the value, for example `item`. */
  what: string;
  children: ReactNode;
}

interface DrawGuardState {
  failed: { value: unknown } | undefined;
  reason: string | undefined;
}

/** An error boundary for one value: if it cannot be rendered, it is shown as JSON. */
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
