import { useEffect, useRef, useState } from 'react';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Placeholder } from '@tiptap/extension-placeholder';
import { Markdown } from '@tiptap/markdown';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { Bold, Code, Heading2, Italic, List, ListOrdered, ListTodo, Quote } from 'lucide-react';
import type { marked } from 'marked';
import { t, type WordKey } from '@/i18n';
import { Button, IconButton } from '@/ui';
import { boundedMarked } from './boundedLexer';
import text from './Markdown.module.css';
import css from './MarkdownEditor.module.css';
import { MentionNode, type Mentionable } from './mention';
import { safeLink } from './safeLink';
import { useMentions } from './useMentions';

type EditorProps = {
  label: string;
  text: string;
  /** Who is offered behind an `@`. */
  people?: Mentionable[];
  act?: string;
  isBusy: boolean;
  onSave: (text: string) => void;
  onType?: (text: string) => void;
  onCancel: () => void;
};

const tools: { word: WordKey; Icon: typeof Bold; active: [string, object?]; run: (editor: Editor) => void }[] = [
  { word: 'editor.bold', Icon: Bold, active: ['bold'], run: editor => editor.chain().focus().toggleBold().run() },
  {
    word: 'editor.italic',
    Icon: Italic,
    active: ['italic'],
    run: editor => editor.chain().focus().toggleItalic().run(),
  },
  {
    word: 'editor.heading',
    Icon: Heading2,
    active: ['heading', { level: 2 }],
    run: editor => editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    word: 'editor.list',
    Icon: List,
    active: ['bulletList'],
    run: editor => editor.chain().focus().toggleBulletList().run(),
  },
  {
    word: 'editor.numbered',
    Icon: ListOrdered,
    active: ['orderedList'],
    run: editor => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    word: 'editor.tasks',
    Icon: ListTodo,
    active: ['taskList'],
    run: editor => editor.chain().focus().toggleTaskList().run(),
  },
  {
    word: 'editor.quote',
    Icon: Quote,
    active: ['blockquote'],
    run: editor => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    word: 'editor.code',
    Icon: Code,
    active: ['codeBlock'],
    run: editor => editor.chain().focus().toggleCodeBlock().run(),
  },
];

/** Markdown in, Markdown out. Ctrl-Enter saves; Escape leaves when nothing was typed. */
export function MarkdownEditor({
  label,
  text: start,
  people = [],
  act = t('common.save'),
  isBusy,
  onSave,
  onType,
  onCancel,
}: EditorProps) {
  const [isTouched, setTouched] = useState(false);
  const editor = useEditor({
    injectCSS: false, // the content security policy allows no injected styles
    extensions: [
      StarterKit.configure({ link: { openOnClick: false, isAllowedUri: href => safeLink(href) !== null } }),
      TaskList,
      TaskItem.configure({ nested: true }),
      MentionNode.configure({
        nameOf: id => people.find(person => person.id === id)?.name ?? t('people.somebody'),
      }),
      Placeholder.configure({ placeholder: label }),
      Markdown.configure({ marked: boundedMarked as unknown as typeof marked }),
    ],
    content: start,
    contentType: 'markdown',
    autofocus: 'end',
    shouldRerenderOnTransaction: true,
    onUpdate: ({ editor: now }) => {
      setTouched(true);
      onType?.(now.getText());
    },
    editorProps: {
      attributes: {
        'aria-label': label,
        role: 'textbox',
        'aria-multiline': 'true',
        class: text.text ?? '',
        dir: 'auto',
      },
    },
  });

  useEffect(() => {
    if (!isTouched) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isTouched]);

  const box = useRef<HTMLDivElement>(null);
  const mentions = useMentions(editor, people);
  // The list of people is under the caret while the focus stays in the text, which therefore names the active one.
  useEffect(() => {
    const element = box.current?.querySelector('[role=textbox]');
    if (!element) return;
    if (mentions.activeOption) element.setAttribute('aria-activedescendant', mentions.activeOption);
    else element.removeAttribute('aria-activedescendant');
  }, [mentions.activeOption]);

  const save = () => onSave(isTouched ? editor.getMarkdown().trim() : start);
  return (
    // The keys belong to the editable text inside.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={box}
      className={css.editor}
      onKeyDownCapture={mentions.takeKey}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.nativeEvent.stopImmediatePropagation();
        if (!isTouched) onCancel();
      }}
    >
      <EditorContent editor={editor} className={css.content} />
      {mentions.list}
      <div className={css.foot}>
        <div className={css.tools} role="toolbar" aria-label={t('editor.tools')}>
          {tools.map(({ word, Icon, active, run }) => (
            <IconButton
              key={word}
              tiny
              label={t(word)}
              aria-pressed={editor.isActive(...active)}
              onClick={() => run(editor)}
            >
              <Icon size={14} />
            </IconButton>
          ))}
        </div>
        <Button size="small" look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button size="small" look="primary" busy={isBusy} onClick={save}>
          {act}
        </Button>
      </div>
    </div>
  );
}
