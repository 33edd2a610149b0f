import { signItem, type RunContext } from '../context';
import { ConflictError, NotFoundError } from '../errors';
import { conformItem, writeItem, type ThreadItem, type WidgetItem, type WidgetRoot } from '../protocol';
import { saveItem } from './persist';
import { merged } from './merge-widgets';

/** How often a merge is tried, since other requests may change the widget meanwhile. */
const ATTEMPTS = 5;

/**
 * The widgets of a run that are stored before they are done, because an action has come from them. The run
 * changes each one, and other requests change it in the store. Their changes since the run last stored it are
 * merged into the run's state.
 */
export class SharedWidgets {
  /** The state of each widget when this run last stored it. */
  private readonly bases = new Map<string, WidgetRoot>();
  private saving: Promise<unknown> = Promise.resolve();

  constructor(private readonly ctx: RunContext) {}

  has(id: string): boolean {
    return this.bases.has(id);
  }

  /** Stores the current state of a widget, merged with the changes of others. */
  store(item: WidgetItem): Promise<unknown> {
    const base = this.bases.get(item.id);
    this.bases.set(item.id, item.widget);
    return this.inTurn(async () =>
      base === undefined ? saveItem(item, this.ctx) : this.saveMerged(item, base),
    );
  }

  /**
   * Stores a finished widget, merged with the changes of others; `undefined` if another request removed it.
   */
  async finish(item: WidgetItem): Promise<{ item: WidgetItem; itemText: string } | undefined> {
    const base = this.bases.get(item.id) ?? item.widget;
    this.bases.delete(item.id);
    const itemText = await this.inTurn(() => this.saveMerged(item, base));
    return itemText === undefined ? undefined : { item: JSON.parse(itemText) as WidgetItem, itemText };
  }

  /** The widget to show to the client after the run has updated its root. */
  async shown(id: string, widget: WidgetRoot): Promise<WidgetRoot> {
    const base = this.bases.get(id);
    const stored = await this.inTurn(() => this.load(id));
    return base === undefined || stored === undefined
      ? widget
      : mergedWidget(base, stored.item.widget, widget);
  }

  /** Called after the widget was removed or replaced. */
  forget(id: string): void {
    this.bases.delete(id);
  }

  /** Runs the saves in order: otherwise the base of a merge might not be stored yet. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.saving.then(work);
    this.saving = turn.catch(() => undefined);
    return turn;
  }

  private async saveMerged(item: WidgetItem, base: WidgetRoot, left = ATTEMPTS): Promise<string | undefined> {
    const { ctx } = this;
    const { store, signer } = ctx.services;
    const stored = await this.load(item.id);
    if (stored === undefined) return undefined; // this run stored it before, so another has removed it
    const widget = mergedWidget(base, stored.item.widget, item.widget);
    const whole = signItem(conformItem({ ...item, widget }), signer, ctx.owner);
    const text = writeItem(whole);
    try {
      await store.saveItem(ctx, whole, text, { ifVersion: stored.version });
      return text;
    } catch (error) {
      if (!(error instanceof ConflictError) || left <= 1) throw error;
      return this.saveMerged(item, base, left - 1);
    }
  }

  private async load(id: string): Promise<{ item: WidgetItem; version: number } | undefined> {
    try {
      const { ctx } = this;
      const { item, version } = await ctx.afterWrites(() =>
        ctx.services.store.loadItem(ctx, ctx.threadId, id),
      );
      return isWidget(item) ? { item, version } : undefined;
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}

function isWidget(item: ThreadItem): item is WidgetItem {
  return item.type === 'widget';
}

function mergedWidget(base: WidgetRoot, theirs: WidgetRoot, ours: WidgetRoot): WidgetRoot {
  return merged(base, theirs, ours) as WidgetRoot;
}
