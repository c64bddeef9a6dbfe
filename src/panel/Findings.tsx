import type { ComponentChildren, JSX } from 'preact';

import type { FindingView, Rich as RichText, SourceView } from '../core/viewModel/schema';
import { useShared } from './context';
import { Command, Fold, Icon, LineLink, Rich, Section, TextButton } from './widgets';

/** What is wrong, the most urgent first. */
export function Findings(): JSX.Element {
  const { model, words } = useShared();
  const { findings } = model;
  return (
    <Section name="findings" title={words.text('findings')}>
      {findings.length === 0 ? (
        <p class="fine">
          <Icon name="pass" />
          {words.text('noFindings')}
        </p>
      ) : (
        <ul class="list">
          {findings.map((finding, i) => (
            <li key={finding.key} class={`finding ${finding.severity}`}>
              <Finding finding={finding} number={i} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;

function Finding({ finding, number }: { readonly finding: FindingView; readonly number: number }) {
  const { words } = useShared();
  const { severity, confidence, code } = finding;
  const head = (
    <>
      <span class={`severity ${severity}`} role="img" aria-label={words.text(severity)}>
        <Icon name={ICONS[severity]} />
      </span>
      <span class="finding-title">
        <Rich text={withoutLinks(finding.title)} />
      </span>
      <span class="finding-note">
        <span>{words.text(confidence)}</span>
        <span class="code">{code}</span>
      </span>
    </>
  );
  return (
    <Fold id={`finding ${finding.key}`} name={`finding-${number}`} class="finding-head" head={head}>
      {() => <Details finding={finding} />}
    </Fold>
  );
}

/** A button holds no other button. */
function withoutLinks(text: RichText): RichText {
  return text.map(part => ({ text: part.text, style: part.style }));
}

function Details({ finding }: { readonly finding: FindingView }): JSX.Element {
  const { store, view, words } = useShared();
  const { evidence, lines, confirm, sources } = finding;
  return (
    <dl class="details">
      <Texts title={words.text('why')} texts={finding.why} />
      {lines > 0 && (
        <Detail title={words.text('evidence')}>
          <ul class="plain">
            {evidence.map(({ line, text }, i) => (
              <li key={i}>
                {line !== null && (
                  <LineLink line={line}>{words.text('line', { line: String(line) })}</LineLink>
                )}
                <Rich text={text} />
              </li>
            ))}
          </ul>
          <TextButton
            icon="go-to-file"
            label={words.counted(lines, 'showLine', 'moreEvidence')}
            onClick={() => {
              store.reveal({ kind: 'finding', snapshot: view.snapshot, key: finding.key });
            }}
          />
        </Detail>
      )}
      {confirm.length > 0 && (
        <Detail title={words.text('confirm')}>
          {confirm.map(({ text, command }, i) => (
            <p key={i}>
              <Rich text={text} />
              {command !== null && <Command command={command} />}
            </p>
          ))}
        </Detail>
      )}
      <Texts title={words.text('fix')} texts={finding.fix} />
      <Texts title={words.text('alternatives')} texts={finding.alternatives} />
      {sources.length > 0 && (
        <Detail title={words.text('sources')}>
          <p class="sources">
            {sources.map((source, i) => (
              <SourceLink key={i} source={source} />
            ))}
          </p>
        </Detail>
      )}
    </dl>
  );
}

function SourceLink({ source }: { readonly source: SourceView }): JSX.Element {
  const { title, url } = source;
  return url === null ? <span>{title}</span> : <a href={url}>{title}</a>;
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly RichText[] }) {
  return texts.length === 0 ? null : (
    <Detail title={title}>
      {texts.map((text, i) => (
        <p key={i}>
          <Rich text={text} />
        </p>
      ))}
    </Detail>
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
