/** What of a URL lies below a path: empty, `/…` or `?…`. `undefined` when the URL is not at that path. */
export function belowPath(url: string, path: string): string | undefined {
  if (!url.startsWith(path)) return undefined;
  const rest = url.slice(path.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : undefined;
}

/** Whether what lies below a mount is the mount itself, with or without a slash or a query. */
export function isRoot(below: string): boolean {
  return below === '' || below.startsWith('?') || below === '/' || below.startsWith('/?');
}
