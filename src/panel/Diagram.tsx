import type { JSX } from 'preact';

import {
  DIAGRAM_EDGES,
  DIAGRAM_HEIGHT,
  DIAGRAM_NODES,
  DIAGRAM_WIDTH,
  type DiagramEdge,
  type DiagramNode,
  NODE_HEIGHT,
  NODE_WIDTH,
} from '../core/explain/picture/diagram';
import type { StateView } from '../core/viewModel/schema';
import { useShared } from './context';
import { Fold, Scrolled } from './widgets';
import { DIAGRAM_KEY } from './store';

/** The states of TCP and how one leads to another, with how many sockets are in each. */
export function Diagram(): JSX.Element {
  const { words } = useShared();
  return (
    <section class="section diagram" aria-label={words.text('diagram')}>
      <Fold
        id={DIAGRAM_KEY}
        name="diagram"
        class="section-fold"
        head={<h2>{words.text('diagram')}</h2>}
      >
        {() => (
          <Scrolled label={words.text('diagram')}>
            <Figure />
          </Scrolled>
        )}
      </Fold>
    </section>
  );
}

function Figure(): JSX.Element {
  const { model, words } = useShared();
  const states = new Map(model.states.map(state => [state.state, state]));
  return (
    <svg
      viewBox={`0 0 ${DIAGRAM_WIDTH} ${DIAGRAM_HEIGHT}`}
      role="group"
      aria-label={words.text('diagramLabel')}
    >
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
        >
          <path class="arrow-head" d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {DIAGRAM_EDGES.map((edge, i) => (
        <Edge key={i} edge={edge} busy={states.has(edge.transition.from)} />
      ))}
      {DIAGRAM_NODES.map(node => (
        <Node key={node.id} node={node} state={states.get(node.state)} />
      ))}
    </svg>
  );
}

function Edge({ edge, busy }: { readonly edge: DiagramEdge; readonly busy: boolean }) {
  const { transition, points, labelAt, anchor } = edge;
  const [x, y] = labelAt;
  return (
    <g class={busy ? 'edge busy' : 'edge'} aria-hidden="true">
      <polyline
        class={transition.note === undefined ? 'edge-line' : 'edge-line noted'}
        points={points.map(point => point.join()).join(' ')}
        marker-end="url(#arrow)"
      />
      <text x={x} y={y} text-anchor={anchor}>
        {transition.event}
      </text>
      {transition.action !== '' && (
        <text class="action" x={x} y={y + 11} text-anchor={anchor}>
          {transition.action}
        </text>
      )}
    </g>
  );
}

/** A state; one that has sockets is a button that shows their lines. */
function Node({
  node,
  state,
}: {
  readonly node: DiagramNode;
  readonly state: StateView | undefined;
}): JSX.Element {
  const { store, words } = useShared();
  const { x, y } = node;
  const box = (
    <>
      <rect
        x={x - NODE_WIDTH / 2}
        y={y - NODE_HEIGHT / 2}
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx="4"
      />
      <text x={x} y={y + 4} text-anchor="middle">
        {node.state}
        {state !== undefined && <tspan class="node-count"> {words.number(state.count)}</tspan>}
      </text>
    </>
  );
  if (state === undefined) {
    return (
      <g class="node" aria-hidden="true">
        {box}
      </g>
    );
  }
  const show = (): void => {
    store.revealFilter(state.filter);
  };
  return (
    <g
      class={`node used ${state.health}`}
      role="button"
      tabindex={0}
      aria-description={state.meaning}
      aria-label={`${node.state} ${words.counted(state.count, 'oneSocket', 'sockets')}`}
      onClick={show}
      onKeyDown={event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          show();
        }
      }}
    >
      {box}
    </g>
  );
}
