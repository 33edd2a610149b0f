import { widgetOnWire, type WidgetComponent } from '../../protocol';
import { widgetActions, withoutSignature, type WidgetAction } from '../../widgets';

/** The actions that a widget can send to the server, with the payloads as handlers get to see them. */
export function serverActions(widget: WidgetComponent): WidgetAction[] {
  return widgetActions(widgetOnWire(widget))
    .filter(({ config }) => config.handler !== 'client')
    .map((action) => {
      const { payload, ...config } = action.config;
      return { ...action, config: { ...config, payload: withoutSignature(payload) } };
    });
}
