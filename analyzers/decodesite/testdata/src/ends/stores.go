package ends

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/gob"
	"net"
	"net/http"
	"net/rpc"

	"cloud.google.com/go/storage"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/nats-io/nats.go"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	"github.com/vmihailenco/msgpack/v5"
)

const prefix = "job:"

func cacheSet(ctx context.Context, rdb *redis.Client, id string, j Job) error {
	data, err := msgpack.Marshal(&j) // want `dump msgpack ends.Job cache "job:\*" format via \(github.com/redis/go-redis/v9.cmdable\).Set`
	if err != nil {
		return err
	}
	return rdb.Set(ctx, prefix+id, data, 0).Err()
}

func cacheGet(ctx context.Context, rdb redis.Cmdable, id string) (m map[string]any, err error) {
	data, err := rdb.Get(ctx, prefix+id).Bytes()
	if err != nil {
		return nil, err
	}
	err = msgpack.Unmarshal(data, &m) // want `site msgpack cache "job:\*" format via \(github.com/redis/go-redis/v9.Cmdable\).Get`
	return m, err
}

func cacheScan(ctx context.Context, rdb redis.Cmdable) (m map[string]any, err error) {
	var data []byte
	if err := rdb.Get(ctx, "all").Scan(&data); err != nil {
		return nil, err
	}
	err = msgpack.Unmarshal(data, &m) // want `site msgpack cache "all" literal via \(github.com/redis/go-redis/v9.Cmdable\).Get`
	return m, err
}

func list(ctx context.Context, rdb *redis.Client, j Job) {
	if data, err := msgpack.Marshal(j); err == nil { // want `dump msgpack ends.Job queue "jobs" literal via`
		rdb.RPush(ctx, "jobs", data)
	}
}

// The bytes are a name here, and nothing that is stored.
func asKey(ctx context.Context, rdb *redis.Client, j Job) {
	key, _ := msgpack.Marshal(j) // want `dump msgpack ends.Job unknown ""`
	rdb.Get(ctx, string(key))
}

func subjects(nc *nats.Conn, j Job) error {
	nc.Subscribe("jobs.new", func(m *nats.Msg) {
		var v any
		msgpack.Unmarshal(m.Data, &v) // want `site msgpack queue "jobs.new" literal via \(\*github.com/nats-io/nats.go.Conn\).Subscribe`
	})
	data, err := msgpack.Marshal(j) // want `dump msgpack ends.Job queue "jobs.new" literal via`
	if err != nil {
		return err
	}
	return nc.Publish("jobs.new", data)
}

func topics(ctx context.Context, w *kafka.Writer, j Job) error {
	data, err := msgpack.Marshal(j) // want `dump msgpack ends.Job queue "orders" literal via`
	if err != nil {
		return err
	}
	r := kafka.NewReader(kafka.ReaderConfig{Topic: "orders"})
	m, err := r.ReadMessage(ctx)
	if err != nil {
		return err
	}
	var v any
	if err := msgpack.Unmarshal(m.Value, &v); err != nil { // want `site msgpack queue "orders" literal via github.com/segmentio/kafka-go.NewReader`
		return err
	}
	return w.WriteMessages(ctx, kafka.Message{Topic: "orders", Value: data})
}

func writerTopic(ctx context.Context, j Job) error {
	w := &kafka.Writer{Topic: "bills"}
	data, _ := msgpack.Marshal(j) // want `dump msgpack ends.Job queue "bills" literal via`
	return w.WriteMessages(ctx, kafka.Message{Value: data})
}

func rabbit(ch *amqp.Channel, j Job) {
	data, _ := msgpack.Marshal(j) // want `dump msgpack ends.Job queue "tasks" literal via`
	ch.Publish("", "tasks", false, false, amqp.Publishing{ContentType: "x", Body: data})
	deliveries, _ := ch.Consume("tasks", "", true, false, false, false, nil)
	for d := range deliveries {
		var v any
		msgpack.Unmarshal(d.Body, &v) // want `site msgpack queue "tasks" literal via`
	}
}

func bucket(ctx context.Context, c *s3.Client, j Job, id string) error {
	var buf bytes.Buffer
	gob.NewEncoder(&buf).Encode(j) // want `dump gob ends.Job bucket "models/jobs/\*.gob" format via`
	_, err := c.PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String("models"), Key: aws.String("jobs/" + id + ".gob"), Body: bytes.NewReader(buf.Bytes()),
	})
	if err != nil {
		return err
	}
	in := &s3.GetObjectInput{Bucket: aws.String("models")}
	in.Key = aws.String("jobs/" + id + ".gob")
	out, err := c.GetObject(ctx, in)
	if err != nil {
		return err
	}
	return gob.NewDecoder(out.Body).Decode(&j) // want `site gob bucket "models/jobs/\*.gob" format via`
}

func objects(ctx context.Context, c *storage.Client, j Job) error {
	o := c.Bucket("models").Object("latest.gob")
	w := o.NewWriter(ctx)
	if err := gob.NewEncoder(w).Encode(j); err != nil { // want `dump gob ends.Job bucket "models/latest.gob" literal via \(\*cloud.google.com/go/storage.BucketHandle\).Object`
		return err
	}
	r, err := o.NewReader(ctx)
	if err != nil {
		return err
	}
	return gob.NewDecoder(r).Decode(&j) // want `site gob bucket "models/latest.gob" literal via`
}

func tables(ctx context.Context, db *sql.DB, id int, j Job) error {
	data, err := msgpack.Marshal(j) // want `dump msgpack ends.Job table "jobs" literal via \(\*database/sql.DB\).ExecContext`
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO "Jobs" (id, data) VALUES (?, ?)`, id, data); err != nil {
		return err
	}
	var back []byte
	if err := db.QueryRow("SELECT data FROM jobs WHERE id = ?", id).Scan(&back); err != nil {
		return err
	}
	var v any
	return msgpack.Unmarshal(back, &v) // want `site msgpack table "jobs" literal via \(\*database/sql.DB\).QueryRow`
}

func connections(w http.ResponseWriter, r *http.Request) {
	var v any
	gob.NewDecoder(r.Body).Decode(&v) // want `site gob network "" via`
	gob.NewEncoder(w).Encode(v)       // want `dump gob network "" via net/http.ResponseWriter`
	conn, err := net.Dial("tcp", "spool:9000")
	if err != nil {
		return
	}
	gob.NewEncoder(conn).Encode(1) // want `dump gob network "spool:9000" literal via net.Dial`
	gob.NewDecoder(conn).Decode(v) // want `site gob network "spool:9000" literal via net.Dial`
	rpc.Dial("tcp", "spool:9001")  // want `site gob network "spool:9001" literal via net/rpc.Dial`
	var buf bytes.Buffer
	gob.NewEncoder(&buf).Encode(1) // want `dump gob network "http://spool/put" literal via net/http.Post`
	http.Post("http://spool/put", "application/gob", &buf)
}
