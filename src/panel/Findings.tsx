import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type {
  CommandView,
  FindingView,
  Rich as RichText,
  SourceView,
} from '../core/viewModel/schema';
import { useShared } from './context';
import { ALL_FINDINGS_KEY, findingKey } from './store';
import {
  Command,
  FilterButton,
  Fold,
  Icon,
  LineLink,
  Rich,
  Section,
  ShowAll,
  TextButton,
  TextTable,
} from './widgets';

/** Findings listed before all are asked for. */
const LISTED = 20;

/** Checks and fixes of a finding that are not folded. */
const FEW = 2;

/** What is wrong, the most urgent first. */
export function Findings(): JSX.Element | null {
  const { view, model, words } = useShared();
  const { findings, judged, cautions, inWords } = model;
  const all = view.open.has(ALL_FINDINGS_KEY);
  if (!judged && cautions.length === 0) {
    return null;
  }
  return (
    <Section name="findings" title={words.text('findings')}>
      {inWords.length > 0 && (
        <p class="in-words">
          <Joined texts={inWords} />
        </p>
      )}
      {judged && findings.length === 0 && (
        <p class="fine">
          <Icon name="pass" />
          {words.text('noFindings')}
        </p>
      )}
      {cautions.length > 0 && (
        <p class="note cautions">
          <Joined texts={cautions} />
        </p>
      )}
      <ul class="list">
        {(all ? findings : findings.slice(0, LISTED)).map((finding, i) => (
          <Finding key={finding.key} finding={finding} number={i} />
        ))}
      </ul>
      <ShowAll
        id={ALL_FINDINGS_KEY}
        first={LISTED}
        count={findings.length}
        total={findings.length}
      />
    </Section>
  );
}

const ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;

function Finding({ finding, number }: { readonly finding: FindingView; readonly number: number }) {
  const { store, view, words } = useShared();
  const { key, severity, confidence, code } = finding;
  const item = useRef<HTMLLIElement>(null);
  const isTarget = view.target === key;
  useEffect(() => {
    if (isTarget) {
      item.current?.scrollIntoView();
      item.current?.querySelector('button')?.focus({ preventScroll: true });
      store.arrived();
    }
  }, [isTarget, store]);
  const name = `finding-${number}`;
  const head = (
    <>
      <span class={`severity ${severity}`}>
        <Icon name={ICONS[severity]} />
      </span>
      <span class="finding-title">
        <Rich text={withoutLinks(finding.title)} />{' '}
        <span class="finding-note">
          {[words.text(severity), words.text(confidence), code].join(' · ')}
        </span>
      </span>
    </>
  );
  return (
    <li ref={item} class={`finding ${severity}`}>
      <Fold id={findingKey(key)} name={name} class="finding-head" head={head}>
        {() => (
          <>
            <Verdict finding={finding} />
            <Depth finding={finding} name={name} />
          </>
        )}
      </Fold>
    </li>
  );
}

/** A button holds no other button. */
function withoutLinks(text: RichText): RichText {
  return text.map(part => ({ text: part.text, style: part.style }));
}

/** What to do, and what proves that it has to be done. */
function Verdict({ finding }: { readonly finding: FindingView }): JSX.Element {
  const { store, view, words } = useShared();
  const { key, left, checks, fix, proof, tables, examples, lines, filter, search } = finding;
  return (
    <dl class="details">
      {left.length + checks.length > 0 && (
        <Detail title={words.text('doNow')}>
          {left.map((text, i) => (
            <p key={i} class="time-left">
              <Rich text={text} />
            </p>
          ))}
          <Checks checks={checks.slice(0, FEW)} />
        </Detail>
      )}
      {fix.length > 0 && (
        <Detail title={words.text('fix')}>
          <p>
            <Joined texts={fix.slice(0, FEW)} />
          </p>
          {search && (
            <p class="detail-actions">
              <TextButton
                icon="search"
                label={words.text('findInWorkspace')}
                onClick={() => {
                  store.search(key);
                }}
              />
            </p>
          )}
        </Detail>
      )}
      {proof.length + tables.length + examples.length > 0 && (
        <Detail title={words.text('proof')}>
          {proof.length > 0 && (
            <p>
              <Joined texts={proof} />
            </p>
          )}
          {tables.map((table, i) => (
            <TextTable key={i} label={words.text('proof')} table={table} />
          ))}
          <ul class="list examples">
            {examples.map(({ line, text }, i) => (
              <li key={i}>
                {line !== null && (
                  <LineLink line={line}>{words.text('line', { line: String(line) })}</LineLink>
                )}{' '}
                <Rich text={text} />
              </li>
            ))}
          </ul>
          {lines > 0 && (
            <p class="detail-actions">
              <TextButton
                icon="go-to-file"
                label={words.counted(lines, 'showLine', 'moreEvidence')}
                onClick={() => {
                  store.reveal({ kind: 'finding', snapshot: view.snapshot, key });
                }}
              />
              {filter !== null && <FilterButton filter={filter} />}
            </p>
          )}
        </Detail>
      )}
    </dl>
  );
}

/** What most readers need not see. */
function Depth({ finding, name }: { readonly finding: FindingView; readonly name: string }) {
  const { words } = useShared();
  const { key, checks, fix, why, alternatives, sources, also } = finding;
  const moreChecks = checks.slice(FEW);
  const moreFixes = fix.slice(FEW);
  const parts: readonly (readonly [
    part: string,
    title: string,
    count: number,
    body: () => JSX.Element,
  ])[] = [
    ['why', words.text('whatItMeans'), why.length, () => <Texts texts={why} />],
    [
      'more',
      words.text('moreSteps', { count: moreChecks.length + moreFixes.length }),
      moreChecks.length + moreFixes.length,
      () => (
        <>
          <Checks checks={moreChecks} />
          <Texts texts={moreFixes} />
        </>
      ),
    ],
    [
      'or',
      words.text('alternatives', { count: alternatives.length }),
      alternatives.length,
      () => <Texts texts={alternatives} />,
    ],
    [
      'sources',
      words.text('sources', { count: sources.length }),
      sources.length,
      () => (
        <p class="sources">
          {sources.map((source, i) => (
            <SourceLink key={i} source={source} />
          ))}
        </p>
      ),
    ],
    [
      'also',
      words.text('also'),
      also.length,
      () => (
        <Texts
          texts={also.map(({ code, title }) => [
            { text: `${code}: `, style: 'plain' },
            ...withoutLinks(title),
          ])}
        />
      ),
    ],
  ];
  return (
    <div class="depth">
      {parts
        .filter(([, , count]) => count > 0)
        .map(([part, title, , body]) => (
          <Fold
            key={part}
            id={`${part} ${key}`}
            name={`${name}-${part}`}
            class="depth-fold"
            head={<span>{title}</span>}
          >
            {body}
          </Fold>
        ))}
    </div>
  );
}

function Checks({ checks }: { readonly checks: readonly CommandView[] }): JSX.Element {
  return (
    <>
      {checks.map(({ text, command }, i) => (
        <p key={i}>
          <Rich text={text} /> {command !== null && <Command command={command} />}
        </p>
      ))}
    </>
  );
}

function SourceLink({ source }: { readonly source: SourceView }): JSX.Element {
  const { title, url } = source;
  return url === null ? <span>{title}</span> : <a href={url}>{title}</a>;
}

/** Texts one after the other. */
function Joined({ texts }: { readonly texts: readonly RichText[] }): JSX.Element {
  return (
    <>
      {texts.map((text, i) => (
        <span key={i}>
          {i > 0 && ' '}
          <Rich text={text} />
        </span>
      ))}
    </>
  );
}

function Texts({ texts }: { readonly texts: readonly RichText[] }): JSX.Element {
  return (
    <>
      {texts.map((text, i) => (
        <p key={i}>
          <Rich text={text} />
        </p>
      ))}
    </>
  );
}

function Detail({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
