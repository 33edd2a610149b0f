import { icons } from 'lucide-all';

/** All Lucide icons, by name in kebab case. A separate chunk, loaded for the first `lucide:` name. */
export const ALL = new Map(Object.entries(icons).map(([name, icon]) => [toKebab(name), icon]));

function toKebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Za-z])([0-9])/g, '$1-$2')
    .toLowerCase();
}
