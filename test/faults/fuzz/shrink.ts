/**
 * A smaller body that fails as well: parts of it are left out, first large ones, as long as any can be.
 *
 * @param fails whether a body fails; it is asked so often at most
 */
export async function shrink(
  body: Buffer,
  fails: (body: Buffer) => Promise<boolean>,
  tries = 1_000,
): Promise<Buffer> {
  let smallest = body;
  let left = tries;
  for (let size = Math.ceil(body.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && left > 0; left -= 1) {
      const smaller = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (await fails(smaller)) smallest = smaller;
      else at += size;
    }
  }
  return smallest;
}
