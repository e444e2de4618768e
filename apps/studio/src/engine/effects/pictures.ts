import type { Recipe } from '@diorama/contract';
import type { PhotoSession } from '../photo-session.ts';
import type { Studio } from '../studio.ts';

/**
 * Pictures for backgrounds. They stay in this page: a recipe holds their names, and each photo's worker is given their
 * bytes when it opens.
 */
export class Pictures {
  readonly #studio: Studio;
  readonly #files = new Map<string, Blob>();
  readonly #unsubscribe: () => void;
  #session: PhotoSession | undefined;

  constructor(studio: Studio) {
    this.#studio = studio;
    this.#session = studio.session;
    this.#unsubscribe = studio.store.subscribe(() => this.#follow());
  }

  /** The names that are there. */
  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  /**
   * Takes a picture in and gives the name that recipes call it by: its file's, with a number where that is taken.
   * @throws DioramaError `PHOTO_UNREADABLE` and what else decoding throws
   */
  async add(file: File): Promise<string> {
    const name = this.#nameFor(file);
    await this.#studio.session?.worker.ask('picture', { name, file });
    this.#files.set(name, file);
    return name;
  }

  /** Takes a picture in under a name that a recipe gives it. @throws DioramaError as `add` */
  async addAs(name: string, file: File): Promise<void> {
    await this.#studio.session?.worker.ask('picture', { name, file });
    this.#files.set(name, file);
  }

  /** Names in a recipe whose pictures are not here. */
  missing({ effects }: Pick<Recipe, 'effects'>): readonly string[] {
    return effects.flatMap((effect) =>
      effect.type === 'background' &&
      effect.fill.kind === 'picture' &&
      !this.#files.has(effect.fill.picture)
        ? [effect.fill.picture]
        : [],
    );
  }

  dispose(): void {
    this.#unsubscribe();
    this.#files.clear();
  }

  #nameFor({ name }: File): string {
    const plain = (name.replace(/^.*[/\\]/, '') || 'picture').slice(0, 190);
    let free = plain;
    for (let count = 2; this.#files.has(free); count++) free = `${plain} (${count})`;
    return free;
  }

  /** Another photo has another worker, which knows none of them. */
  #follow(): void {
    const { session } = this.#studio;
    if (session === this.#session) return;
    this.#session = session;
    for (const [name, file] of this.#files) {
      session?.worker.ask('picture', { name, file }, { signal: session.signal }).catch(() => {
        // What lacks it will say so.
      });
    }
  }
}
