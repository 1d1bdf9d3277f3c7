import { Lexer, Marked, Tokenizer, type MarkedOptions, type Token, type Tokens, type TokensList } from 'marked';

const mostDepth = 24;
/** Characters that are looked at again, once for each mark of their paragraph: some tenths of a second for all. */
const mostWork = 2_000_000;
const marks = /[*_~`[\]()!<\\]| {2}/g; // of blanks in a row, each pair
/** So many lines of a list's item cost as much as one mark. */
const linesForMark = 32;

const left = (src: string): Token => ({ type: 'text', raw: src, text: src });

/** A quote that goes on without its mark is read anew from each of its levels, outside of the lexer. */
class BoundedTokenizer extends Tokenizer {
  private depth = 0;

  override blockquote(src: string): Tokens.Blockquote | undefined {
    if (this.depth >= mostDepth) return { type: 'blockquote', raw: src, text: src, tokens: [left(src)] };
    ++this.depth;
    const token = super.blockquote(src);
    --this.depth;
    return token;
  }
}

/**
 * Reads the Markdown of others, of which a few thousand characters could keep marked busy for minutes or exhaust the
 * stack. What is nested deeper, or has more marks and lines, than anybody writes stays the text that it is.
 */
export class BoundedLexer extends Lexer {
  private depth = 0;
  private work = 0;

  constructor(options: MarkedOptions) {
    super({ ...options, tokenizer: options.tokenizer ?? new BoundedTokenizer() });
  }

  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped?: boolean): Token[] {
    const lines = this.state.top ? 0 : src.split('\n').length / linesForMark;
    const again = this.depth > 0 ? src.length * (1 + lines) : 0;
    return this.within(src, tokens, again, () => super.blockTokens(src, tokens, lastParagraphClipped));
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    const again = src.length * (src.match(marks)?.length ?? 0);
    return this.within(src, tokens, again, () => super.inlineTokens(src, tokens));
  }

  private within(src: string, tokens: Token[], again: number, lex: () => Token[]): Token[] {
    if (this.depth >= mostDepth || this.work + again > mostWork) {
      this.state.top = true; // as it is after every block
      tokens.push(left(src));
      return tokens;
    }
    this.work += again;
    ++this.depth;
    lex();
    --this.depth;
    return tokens;
  }
}

/** For those who bring tokenizers of their own. */
export const boundedMarked = Object.assign(new Marked(), { Lexer: BoundedLexer });
