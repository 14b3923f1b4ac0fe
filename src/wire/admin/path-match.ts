/**
 * The parameters of a path that fits a template such as `/_busbar/events/{id}`, decoded; undefined when it
 * doesn't fit.
 */
export function matchPath(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters: [string, string][] = [];
  for (const [at, part] of wanted.entries()) {
    const segment = given[at] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = decoded(segment);
    if (value === undefined || value === '') return undefined;
    parameters.push([part.slice(1, -1), value]);
  }
  return Object.fromEntries(parameters);
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
