// Package elsewhere decodes what libraries bring in.
package elsewhere

import (
	"bytes"
	"context"
	"encoding/gob"
	"io"
	"net/http"
	"strings"

	"cloud.google.com/go/pubsub"
	"cloud.google.com/go/storage"
	"example.com/cache"
	"example.com/pb"
	"github.com/IBM/sarama"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/bradfitz/gomemcache/memcache"
	coder "github.com/coder/websocket"
	mqtt "github.com/eclipse/paho.mqtt.golang"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	redigo "github.com/gomodule/redigo/redis"
	"github.com/gorilla/mux"
	"github.com/gorilla/websocket"
	_ "github.com/hashicorp/memberlist"
	"github.com/hashicorp/raft"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
	"github.com/nats-io/nats.go"
	"github.com/nsqio/go-nsq"
	"github.com/quic-go/quic-go"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	"github.com/spf13/cobra"
	"github.com/valyala/fasthttp"
	"google.golang.org/grpc"
	"gorm.io/gorm"
)

type job struct {
	ID      int
	Payload []byte
}

func websockets(c *websocket.Conn) error {
	_, b, err := c.ReadMessage()
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "network: a websocket"
		return err
	}
	_, r, err := c.NextReader()
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(r).Decode(&j); err != nil { // want "network: a websocket"
		return err
	}
	var e job
	if err := c.ReadJSON(&e); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(e.Payload)).Decode(&j) // want "network: a websocket"
}

func coderSocket(ctx context.Context, c *coder.Conn) error {
	_, b, err := c.Read(ctx)
	if err != nil {
		return err
	}
	var j job
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: a websocket"
}

func stream(s quic.Stream) error {
	var j job
	return gob.NewDecoder(s).Decode(&j) // want "network: a QUIC connection"
}

func caches(ctx context.Context, rdb *redis.Client, mc *memcache.Client, conn redigo.Conn) error {
	var j job
	b, err := rdb.Get(ctx, "job").Bytes()
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "from a Redis server"
		return err
	}
	s, err := rdb.Get(ctx, "job").Result()
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(strings.NewReader(s)).Decode(&j); err != nil { // want "from a Redis server"
		return err
	}
	if err := rdb.Get(ctx, "job").Scan(&b); err != nil {
		return err
	}
	gob.NewDecoder(strings.NewReader(rdb.Get(ctx, "job").Val())).Decode(&j) // want "from a Redis server"
	item, err := mc.Get("job")
	if err != nil {
		return err
	}
	if err := gob.NewDecoder(bytes.NewReader(item.Value)).Decode(&j); err != nil { // want "from memcached"
		return err
	}
	b, err = redigo.Bytes(conn.Do("GET", "job"))
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "from a Redis server"
}

// What is put into the cache is the program's own.
func stored(mc *memcache.Client) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(job{}); err != nil {
		return err
	}
	item := memcache.Item{Key: "job", Value: buf.Bytes()}
	var j job
	return gob.NewDecoder(bytes.NewReader(item.Value)).Decode(&j) // want "^unknown$"
}

type consumer struct{ n int }

func (consumer) ConsumeClaim(claim sarama.ConsumerGroupClaim) {
	for m := range claim.Messages() {
		var j job
		gob.NewDecoder(bytes.NewReader(m.Value)).Decode(&j) // want "from a Kafka topic"
	}
}

func queues(ctx context.Context, r *kafka.Reader, in <-chan amqp.Delivery, nc *nats.Conn, m types.Message, p *pubsub.Message, mq mqtt.Message) error {
	var j job
	k, err := r.ReadMessage(ctx)
	if err != nil {
		return err
	}
	gob.NewDecoder(bytes.NewReader(k.Value)).Decode(&j) // want "from a Kafka topic"
	for d := range in {
		gob.NewDecoder(bytes.NewReader(d.Body)).Decode(&j) // want "from a message of RabbitMQ"
	}
	gob.NewDecoder(strings.NewReader(*m.Body)).Decode(&j)    // want "from a message of a queue"
	gob.NewDecoder(bytes.NewReader(p.Data)).Decode(&j)       // want "from a message of Pub/Sub"
	gob.NewDecoder(bytes.NewReader(mq.Payload())).Decode(&j) // want "from a message of MQTT"
	return nc.Subscribe("jobs", func(m *nats.Msg) {
		gob.NewDecoder(bytes.NewReader(m.Data)).Decode(&j) // want "from a message of NATS"
	})
}

func (consumer) HandleMessage(m *nsq.Message) error {
	var j job
	return gob.NewDecoder(bytes.NewReader(m.Body)).Decode(&j) // want "from a message of NSQ"
}

func (consumer) NotifyMsg(b []byte) {
	var j job
	gob.NewDecoder(bytes.NewReader(b)).Decode(&j) // want "network: another peer"
}

func (consumer) Apply(l *raft.Log) any {
	var j job
	return gob.NewDecoder(bytes.NewReader(l.Data)).Decode(&j) // want "from the log of a cluster"
}

func objects(ctx context.Context, out *s3.GetObjectOutput, o *storage.ObjectHandle) error {
	var j job
	if err := gob.NewDecoder(out.Body).Decode(&j); err != nil { // want "from an object store"
		return err
	}
	r, err := o.NewReader(ctx)
	if err != nil {
		return err
	}
	return gob.NewDecoder(r).Decode(&j) // want "from an object store"
}

func frameworks(g *gin.Context, e echo.Context, f *fiber.Ctx, h *fasthttp.RequestCtx, r *http.Request) error {
	var j job
	b, err := g.GetRawData()
	if err != nil {
		return err
	}
	gob.NewDecoder(bytes.NewReader(b)).Decode(&j)                      // want "network: an HTTP request"
	gob.NewDecoder(g.Request.Body).Decode(&j)                          // want "network: the body of an HTTP request"
	gob.NewDecoder(strings.NewReader(g.Query("job"))).Decode(&j)       // want "network: an HTTP request"
	gob.NewDecoder(strings.NewReader(g.GetString("job"))).Decode(&j)   // want "^unknown$"
	gob.NewDecoder(e.Request().Body).Decode(&j)                        // want "network: the body of an HTTP request"
	gob.NewDecoder(strings.NewReader(e.FormValue("job"))).Decode(&j)   // want "network: an HTTP request"
	gob.NewDecoder(bytes.NewReader(f.Body())).Decode(&j)               // want "network: an HTTP request"
	gob.NewDecoder(strings.NewReader(f.Query("job"))).Decode(&j)       // want "network: an HTTP request"
	gob.NewDecoder(bytes.NewReader(h.PostBody())).Decode(&j)           // want "network: an HTTP request"
	gob.NewDecoder(strings.NewReader(chi.URLParam(r, "j"))).Decode(&j) // want "network: the URL of an HTTP request"
	gob.NewDecoder(strings.NewReader(mux.Vars(r)["j"])).Decode(&j)     // want "network: the URL of an HTTP request"
	var bound job
	if err := g.ShouldBindJSON(&bound); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(bound.Payload)).Decode(&j) // want "network: an HTTP request"
}

// Blobs is a server of gRPC.
type Blobs struct{ client pb.BlobsClient }

// Fetch answers a call.
func (s *Blobs) Fetch(ctx context.Context, in *pb.Blob) (*pb.Reply, error) {
	var j job
	gob.NewDecoder(bytes.NewReader(in.Payload)).Decode(&j)      // want "network: a gRPC message"
	gob.NewDecoder(bytes.NewReader(in.GetPayload())).Decode(&j) // want "network: a gRPC message"
	out, err := s.client.Fetch(ctx, in)
	if err != nil {
		return nil, err
	}
	return out, gob.NewDecoder(bytes.NewReader(out.Data)).Decode(&j) // want "network: the answer of another server"
}

// Push takes a stream.
func (s *Blobs) Push(in pb.BlobsStream, raw grpc.ServerStream) error {
	var j job
	for {
		m, err := in.Recv()
		if err != nil {
			break
		}
		gob.NewDecoder(bytes.NewReader(m.Payload)).Decode(&j) // want "network: a gRPC message"
	}
	var m pb.Blob
	if err := raw.RecvMsg(&m); err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(m.Payload)).Decode(&j) // want "network: a gRPC message"
}

func databases(row pgx.Row, db *gorm.DB) error {
	var b []byte
	if err := row.Scan(&b); err != nil {
		return err
	}
	var j, stored job
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&j); err != nil { // want "from a database"
		return err
	}
	db.First(&stored, 1)
	return gob.NewDecoder(bytes.NewReader(stored.Payload)).Decode(&j) // want "from a database"
}

var command = &cobra.Command{
	Use: "job",
	RunE: func(cmd *cobra.Command, args []string) error {
		var j job
		return gob.NewDecoder(strings.NewReader(args[0])).Decode(&j) // want "from the command line"
	},
}

// What goes through a package of which nothing is known.
func guessed(r *http.Request) error {
	all, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	plain, err := cache.Unseal(all)
	if err != nil {
		return err
	}
	var j job
	if err := gob.NewDecoder(bytes.NewReader(plain)).Decode(&j); err != nil { // want "network: the body of an HTTP request"
		return err
	}
	return gob.NewDecoder(bytes.NewReader(cache.Body(r.Body))).Decode(&j) // want "network: the body of an HTTP request"
}
