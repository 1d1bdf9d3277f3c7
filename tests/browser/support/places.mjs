import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Modules are those of the page. */
export const require = createRequire(join(root, 'web/package.json'));

/** A team's real board where there is one beside the repository, else the small one made for tests. */
export function sampleBoard() {
  const real = join(root, '../shared/samples/trello/software-team.json');
  return existsSync(real) ? real : join(root, 'tests/fixtures/trello-small.json');
}
