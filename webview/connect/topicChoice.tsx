/** The topics that exist, each a button; more than fit are scrolled. */
export function TopicChoice(props: {
  topics: readonly string[];
  onChoose: (topic: string) => void;
}) {
  return (
    <div class="topic-choice">
      {props.topics.map((topic) => (
        <button
          key={topic}
          type="button"
          class="topic"
          onClick={() => {
            props.onChoose(topic);
          }}
        >
          {topic}
        </button>
      ))}
    </div>
  );
}
