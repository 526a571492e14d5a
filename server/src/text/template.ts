/**
 * A text with its `{name}` places filled; a place without a value stays as it is.
 * @param show how a value is shown, such as isolated in a right-to-left language.
 */
export function fillPlaces(
  template: string,
  data: Readonly<Record<string, string | number>>,
  show: (value: string) => string,
): string {
  return template.replace(/\{([a-zA-Z]{1,40})\}/g, (place, name: string) =>
    Object.hasOwn(data, name) ? show(String(data[name])) : place,
  );
}
