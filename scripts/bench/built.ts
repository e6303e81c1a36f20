/**
 * A module of `src` as it is built, which is what people run: tsx gives every function a name at each call, and that
 * alone costs half as much again as the work. Needs `npm run build` before.
 * @param path below `src`, without the ending
 */
export async function built<T>(path: string): Promise<T> {
  return (await import(new URL(`../../dist/${path}.js`, import.meta.url).href)) as T;
}
