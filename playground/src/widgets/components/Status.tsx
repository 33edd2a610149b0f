import type { WidgetStatus } from 'chatkit-controllers/widgets';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { ContentImage } from '../../ui/ContentImage';

/** The line above the content of a card or list. */
export function Status({ status }: { status: WidgetStatus }) {
  return (
    <p className="w-status">
      {'favicon' in status && status.favicon !== undefined && (
        <ContentImage
          src={status.favicon}
          alt=""
          className={status.frame === true ? 'favicon framed' : 'favicon'}
        />
      )}
      {'icon' in status && status.icon !== undefined && <WidgetIcon name={status.icon} size={16} />}
      <span>{status.text}</span>
    </p>
  );
}
