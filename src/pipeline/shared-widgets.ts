import { signItem, type RunContext } from '../context';
import { ConflictError, NotFoundError } from '../errors';
import { conformItem, writeItem, type ThreadItem, type WidgetItem, type WidgetRoot } from '../protocol';
import { saveItem } from './persist';
import { merged } from './merge-widgets';

/** How often a widget is merged anew that another request has changed meanwhile. */
const ATTEMPTS = 5;

/**
 * The widgets of a run that are in the store before they are done, since an action has come from them:
 * each is changed by the run and, in the store, by others. What others have changed since it was last
 * stored from here is put into what the run makes of it.
 */
export class SharedWidgets {
  /** What each of them was when it was last stored from here. */
  private readonly bases = new Map<string, WidgetRoot>();
  private saving: Promise<unknown> = Promise.resolve();

  constructor(private readonly ctx: RunContext) {}

  has(id: string): boolean {
    return this.bases.has(id);
  }

  /** Stores a widget as far as it has come, with what others have changed. */
  store(item: WidgetItem): Promise<unknown> {
    const base = this.bases.get(item.id);
    this.bases.set(item.id, item.widget);
    return this.inTurn(async () =>
      base === undefined ? saveItem(item, this.ctx) : this.saveMerged(item, base),
    );
  }

  /** Stores a widget that is done, with what others have changed; `undefined` where one has removed it. */
  async finish(item: WidgetItem): Promise<{ item: WidgetItem; itemText: string } | undefined> {
    const base = this.bases.get(item.id) ?? item.widget;
    this.bases.delete(item.id);
    const itemText = await this.inTurn(() => this.saveMerged(item, base));
    return itemText === undefined ? undefined : { item: JSON.parse(itemText) as WidgetItem, itemText };
  }

  /** What the client is to be shown of a widget that the run has made anew. */
  async shown(id: string, widget: WidgetRoot): Promise<WidgetRoot> {
    const base = this.bases.get(id);
    const stored = await this.inTurn(() => this.load(id));
    return base === undefined || stored === undefined
      ? widget
      : mergedWidget(base, stored.item.widget, widget);
  }

  /** After it was taken away, or replaced. */
  forget(id: string): void {
    this.bases.delete(id);
  }

  /** Each of them is stored after the other: else the base of a merge would not be in the store yet. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.saving.then(work);
    this.saving = turn.catch(() => undefined);
    return turn;
  }

  private async saveMerged(item: WidgetItem, base: WidgetRoot, left = ATTEMPTS): Promise<string | undefined> {
    const { ctx } = this;
    const { store, signer } = ctx.services;
    const stored = await this.load(item.id);
    if (stored === undefined) return undefined; // it was stored from here, so another has removed it
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
